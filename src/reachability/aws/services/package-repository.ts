import { ANY_TEXT } from '../../engine/patterns.ts'
import type { Service } from './service.ts'
import { below } from './target.ts'

const ON_PACKAGES = [
  'codeartifact:GetPackageVersionAsset',
  'codeartifact:GetPackageVersionReadme',
  'codeartifact:ListPackageVersions',
  'codeartifact:PublishPackageVersion',
  'codeartifact:PutPackageMetadata',
  'codeartifact:DeletePackageVersions',
  'codeartifact:DeletePackage',
  'codeartifact:DisposePackageVersions',
]

/** A repository of packages. Every request is signed, or carries a token that was signed for. CodeArtifact, user guide: "Repository policies". */
export const packageRepository: Service = {
  types: ['AWS::CodeArtifact::Repository'],
  noun: 'repository',
  arn: /^arn:aws[a-z-]*:codeartifact:[a-z0-9-]+:\d{12}:repository\/[a-z0-9-]{2,50}\/[A-Za-z0-9._-]{2,100}$/,
  policyFacets: ['policy', 'permissionsPolicy'],
  actions: {
    read: ['codeartifact:ReadFromRepository', 'codeartifact:GetPackageVersionAsset', 'codeartifact:GetPackageVersionReadme'],
    list: ['codeartifact:ListPackages', 'codeartifact:DescribeRepository', 'codeartifact:ListPackageVersions'],
    write: ['codeartifact:PublishPackageVersion', 'codeartifact:PutPackageMetadata', 'codeartifact:CopyPackageVersions'],
    delete: [
      'codeartifact:DeletePackageVersions',
      'codeartifact:DeletePackage',
      'codeartifact:DisposePackageVersions',
      'codeartifact:DeleteRepository',
    ],
    admin: [
      'codeartifact:PutRepositoryPermissionsPolicy',
      'codeartifact:DeleteRepositoryPermissionsPolicy',
      'codeartifact:UpdateRepository',
    ],
  },
  names: (action, arn) =>
    ON_PACKAGES.includes(action) ? below(`${arn.replace(':repository/', ':package/')}/`, ANY_TEXT) : { arn, rest: null },
  underResourceControls: true,
}

/** A domain of such repositories; what it hands out is the token that package managers read with. CodeArtifact, user guide: "Domain policies". */
export const packageDomain: Service = {
  types: ['AWS::CodeArtifact::Domain'],
  noun: 'domain',
  arn: /^arn:aws[a-z-]*:codeartifact:[a-z0-9-]+:\d{12}:domain\/[a-z0-9-]{2,50}$/,
  policyFacets: ['policy', 'permissionsPolicy'],
  actions: {
    read: ['codeartifact:GetAuthorizationToken'],
    list: ['codeartifact:ListRepositoriesInDomain', 'codeartifact:DescribeDomain', 'codeartifact:GetDomainPermissionsPolicy'],
    write: ['codeartifact:CreateRepository'],
    delete: ['codeartifact:DeleteDomain'],
    admin: ['codeartifact:PutDomainPermissionsPolicy', 'codeartifact:DeleteDomainPermissionsPolicy'],
  },
  underResourceControls: true,
}
