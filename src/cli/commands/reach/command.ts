import { type Command, Option } from 'commander'
import { instant, type Verdicts } from '../../../model/index.ts'
import { EXIT } from '../../exit.ts'
import { type GlobalFlags, parseMoment, resolveSettings } from '../../settings.ts'
import { UsageError } from '../../usage-error.ts'
import { type BucketFlags, bucketFromFiles, isAboutFiles } from './bucket-files.ts'
import { answerQuestions, type Asked, theOnlyQuestion } from './questions.ts'
import { showExplanation } from './show-explanation.ts'

type Flags = GlobalFlags & BucketFlags & { readonly zone?: string; readonly failOn?: FailOn; readonly certificates?: boolean }
type FailOn = 'anyone' | 'any-identity' | 'named'

export function addReachCommand(program: Command): void {
  program
    .command('reach')
    .description('decides given configurations: who outside can read, list, write to, delete from and administer a store')
    .argument('[file]', 'questions as JSON Lines or one JSON document; - for standard input', '-')
    .option('--arn <arn>', 'explain this bucket from the files below, each as the command of that name prints it')
    .option('--bucket-policy <file>', 'aws s3api get-bucket-policy; `none` where it was read and nothing is set')
    .option('--acl <file>', 'aws s3api get-bucket-acl')
    .option('--public-access-block <file>', 'aws s3api get-public-access-block; or `none`')
    .option('--account-public-access-block <file>', 'aws s3control get-public-access-block; or `none`')
    .option('--object-ownership <file>', 'aws s3api get-bucket-ownership-controls; or `none`')
    .option('--object-acls <file>', 'the ACLs of the objects, by key; or `none`')
    .option('--encryption <file>', 'aws s3api get-bucket-encryption; or `none`')
    .option('--request-payment <file>', 'aws s3api get-bucket-request-payment')
    .option('--website <file>', 'aws s3api get-bucket-website; or `none`')
    .option('--account <id>', 'the account that owns the bucket')
    .option('--region <name>', 'the region that the bucket is in')
    .option('--zone <file>', 'who is inside: a file with a `zone` key, such as ajar.yaml')
    .option('--certificates', 'with each verdict, the proof that nobody wider gets in, where policies alone decide')
    .addOption(
      new Option('--fail-on <audience>', 'exit with 10 where something is, or may be, open at least this wide').choices([
        'anyone',
        'any-identity',
        'named',
      ]),
    )
    .action(async (file: string, _flags: unknown, command: Command) => {
      const flags = command.optsWithGlobals<Flags>()
      const zone = resolveSettings(flags).zone
      const asked: Asked = {
        asOf: flags.asOf === undefined ? instant(new Date()) : parseMoment(flags.asOf, '--as-of'),
        ...(zone === null ? {} : { zone }),
        certificates: flags.certificates === true,
      }
      const judge = (verdicts: Verdicts) => failWhere(verdicts, flags.failOn)
      const format = flags.format ?? (flags.output?.endsWith('.html') ? 'html' : undefined)
      if (isAboutFiles(flags)) {
        if (file !== '-') throw new UsageError(`${file}: name a file of questions or the files of one bucket, not both`)
        judge(await showExplanation(bucketFromFiles(flags, asked), format ?? 'table', flags.output))
      } else if (format === 'table' || format === 'html') {
        judge(await showExplanation({ question: await theOnlyQuestion(file, asked), files: {} }, format, flags.output))
      } else await answerQuestions(file, asked, flags.output, judge)
    })
}

const WIDTHS = ['named', 'any-identity', 'anyone']

/** What is undecided may be as wide as is possible. */
function failWhere(verdicts: Verdicts, failOn: FailOn | undefined): void {
  if (failOn === undefined || process.exitCode === EXIT.failed) return
  const widths = Object.values(verdicts).map(({ audience, bounds }) =>
    WIDTHS.indexOf(audience === 'undecided' ? (bounds?.possible ?? 'anyone') : audience),
  )
  if (Math.max(...widths) >= WIDTHS.indexOf(failOn)) process.exitCode = EXIT.found
}
