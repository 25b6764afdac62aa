import type { Json } from '../../../model/index.ts'
import { decisive, isKnown, type Known } from '../../readings.ts'
import { unwrapPolicy, withWholeResource } from './documents.ts'
import type { Gates, Service, ServicePlace } from './service.ts'
import { resourceTags } from './target.ts'

/**
 * A private repository of images. Every request is signed; statements name no resource, they mean the repository. The policy of
 * the registry lets other accounts replicate into it. ECR, user guide: "Private repository policies", "Private registry
 * permissions".
 */
export const imageRepository: Service = {
  types: ['AWS::ECR::Repository'],
  noun: 'repository',
  arn: /^arn:aws[a-z-]*:ecr:[a-z0-9-]+:\d{12}:repository\/[a-z0-9._/-]{2,256}$/,
  policyFacets: ['policy', 'repositoryPolicy'],
  actions: {
    read: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
    list: [
      'ecr:ListImages',
      'ecr:DescribeImages',
      'ecr:DescribeRepositories',
      'ecr:BatchCheckLayerAvailability',
      'ecr:DescribeImageScanFindings',
    ],
    write: ['ecr:PutImage', 'ecr:UploadLayerPart', 'ecr:InitiateLayerUpload', 'ecr:CompleteLayerUpload', 'ecr:ReplicateImage'],
    delete: ['ecr:BatchDeleteImage', 'ecr:DeleteRepository'],
    admin: ['ecr:SetRepositoryPolicy', 'ecr:DeleteRepositoryPolicy'],
  },
  underResourceControls: true,
  withoutResource: true,
  gates: registryGates,
}

function registryGates({ configuration }: ServicePlace): Gates {
  const { registryPolicy } = configuration.facets
  const registry: Known<Json> =
    registryPolicy === undefined
      ? { known: null }
      : decisive(registryPolicy, 'registry policy', readRegistry, () => ({ known: null }))
  const document = isKnown(registry) ? registry.known : null
  return {
    documents: isKnown(registry)
      ? document === null
        ? []
        : [{ known: { name: 'registry policy', document, onlyDenies: false } }]
      : [registry],
    keys: resourceTags(configuration, 'repository', 'ecr:ResourceTag/'),
  }
}

function readRegistry(json: Json): Known<Json> {
  const document = unwrapPolicy(json, 'registry policy')
  return isKnown(document) ? { known: withWholeResource(document.known) } : document
}
