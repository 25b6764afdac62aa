import type { ReachModel } from '../reach-model.ts'
import { familyModel } from './iam/family.ts'

/** Repositories of images and packages (https://cloud.google.com/artifact-registry/docs/access-control). */
export const ARTIFACT_REGISTRY_MODELS: readonly ReachModel[] = [
  familyModel({
    type: 'artifactregistry.googleapis.com/Repository',
    service: 'artifactregistry.googleapis.com',
    tells: 'nothing',
    permissions: {
      read: ['artifactregistry.repositories.downloadArtifacts'],
      list: ['artifactregistry.files.list', 'artifactregistry.packages.list', 'artifactregistry.dockerimages.list'],
      write: ['artifactregistry.repositories.uploadArtifacts'],
      delete: [
        'artifactregistry.repositories.deleteArtifacts',
        'artifactregistry.packages.delete',
        'artifactregistry.repositories.delete',
      ],
      admin: ['artifactregistry.repositories.setIamPolicy'],
    },
  }),
]
