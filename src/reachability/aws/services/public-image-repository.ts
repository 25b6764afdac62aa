import type { Gates, Service, ServicePlace } from './service.ts'

const READ = ['ecr-public:BatchCheckLayerAvailability']
const LIST = ['ecr-public:DescribeImageTags']

/**
 * A repository of the public gallery: anyone pulls from it without credentials, whatever its policy says, and sees its tags.
 * The policy says who else may push. ECR, public user guide: "Public repositories", "Repository policies".
 */
export const publicImageRepository: Service = {
  types: ['AWS::ECR::PublicRepository'],
  noun: 'public repository',
  arn: /^arn:aws[a-z-]*:ecr-public:[a-z0-9-]*:\d{12}:repository\/[a-z0-9._/-]{2,256}$/,
  policyFacets: ['policy', 'repositoryPolicy'],
  actions: {
    read: READ,
    list: LIST,
    write: [
      'ecr-public:PutImage',
      'ecr-public:UploadLayerPart',
      'ecr-public:InitiateLayerUpload',
      'ecr-public:CompleteLayerUpload',
    ],
    delete: ['ecr-public:BatchDeleteImage', 'ecr-public:DeleteRepository'],
    admin: ['ecr-public:SetRepositoryPolicy', 'ecr-public:DeleteRepositoryPolicy'],
  },
  unsigned: [...READ, ...LIST],
  underResourceControls: false,
  withoutResource: true,
  gates: galleryGates,
}

function galleryGates({ access }: ServicePlace): Gates {
  const actions = access === 'read' ? READ : access === 'list' ? LIST : null
  if (!actions) return {}
  const Statement = { Effect: 'Allow', Principal: '*', Action: actions, Resource: '*' }
  return { insteadOfPolicy: { name: 'public gallery', document: { Version: '2012-10-17', Statement }, onlyDenies: false } }
}
