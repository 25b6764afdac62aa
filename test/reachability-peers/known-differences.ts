import type { Json } from '../../src/model/index.ts'

/** Where iam-simulate (0.1.173) is known to differ from AWS's documents, told by the policies alone, with the reason. */
export const KNOWN_DIFFERENCES: readonly { readonly because: string; readonly applies: (policies: Json) => boolean }[] = [
  {
    because:
      'IfExists beside ForAllValues or ForAnyValue: "if the key is not present, evaluate the condition element as true"; the peer lets the quantifier decide',
    applies: (policies) => /"For(All|Any)Values?:[A-Za-z]*IfExists"/.test(JSON.stringify(policies)),
  },
  {
    because: 'version 2008-10-17 has no policy variables: "treated as literal strings"; the peer puts values in',
    applies: (policies) => /2008-10-17/.test(JSON.stringify(policies)) && JSON.stringify(policies).includes('${'),
  },
  {
    because:
      'a Deny with NotPrincipal spares whom it lists together with the account; the peer spares everybody of an account that is listed',
    applies: (policies) => /"Deny","NotPrincipal":/.test(JSON.stringify(policies)),
  },
  {
    because:
      'a variable without a value: NotResource and negated operators do match, "the resource will not match any resource" and "inverted condition operators do match against a null value"; the peer does not apply such a statement',
    applies: (policies) => /"NotResource":"[^"]*\$\{|"[A-Za-z:]*Not[A-Za-z]*":\{[^}]*\$\{/.test(JSON.stringify(policies)),
  },
  {
    because: 'the peer matches no address with a range of length 0',
    applies: (policies) => /"(0\.0\.0\.0|::)\/0"/.test(JSON.stringify(policies)),
  },
]
