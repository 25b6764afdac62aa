import type { Service } from './service.ts'

/** A version of a layer: code that whoever may get it can download. Lambda, developer guide: "Granting layer access to other accounts". */
export const layerVersion: Service = {
  types: ['AWS::Lambda::LayerVersion'],
  noun: 'layer',
  arn: /^arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:layer:[A-Za-z0-9_-]{1,140}:\d+$/,
  policyFacets: ['policy'],
  actions: { read: ['lambda:GetLayerVersion'], list: ['lambda:GetLayerVersionPolicy'], write: [], delete: [], admin: [] },
  ownersAlone: {
    write: ['lambda:PublishLayerVersion'],
    delete: ['lambda:DeleteLayerVersion'],
    admin: ['lambda:AddLayerVersionPermission', 'lambda:RemoveLayerVersionPermission'],
  },
  underResourceControls: false,
}
