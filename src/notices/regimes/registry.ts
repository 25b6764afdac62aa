import { auNdb } from './au-ndb.ts'
import { brLgpd } from './br-lgpd.ts'
import { caPipeda } from './ca-pipeda.ts'
import { caQc } from './ca-qc.ts'
import { chFadp } from './ch-fadp.ts'
import { cnPipl } from './cn-pipl.ts'
import { euGdpr } from './eu-gdpr.ts'
import { hkPdpo } from './hk-pdpo.ts'
import { idPdp } from './id-pdp.ts'
import { inDpdp } from './in-dpdp.ts'
import { jpAppi } from './jp-appi.ts'
import { krPipa } from './kr-pipa.ts'
import { myPdpa } from './my-pdpa.ts'
import { nzPa2020 } from './nz-pa2020.ts'
import { phDpa } from './ph-dpa.ts'
import { sgPdpa } from './sg-pdpa.ts'
import { thPdpa } from './th-pdpa.ts'
import { twPdpa } from './tw-pdpa.ts'
import { ukGdpr } from './uk-gdpr.ts'
import { usCa } from './us-ca.ts'
import { usCo } from './us-co.ts'
import { usFl } from './us-fl.ts'
import { usHipaa } from './us-hipaa.ts'
import { usNy } from './us-ny.ts'
import { usTx } from './us-tx.ts'
import { usWa } from './us-wa.ts'
import { vnPdpl } from './vn-pdpl.ts'
import type { Regime } from './regime.ts'

/** Every regime that Ajar knows, in the order of their ids. Research data for engineering, not legal advice: a person decides whether a duty exists. */
export const REGIMES: readonly Regime[] = [
  auNdb,
  brLgpd,
  caPipeda,
  caQc,
  chFadp,
  cnPipl,
  euGdpr,
  hkPdpo,
  idPdp,
  inDpdp,
  jpAppi,
  krPipa,
  myPdpa,
  nzPa2020,
  phDpa,
  sgPdpa,
  thPdpa,
  twPdpa,
  ukGdpr,
  usCa,
  usCo,
  usFl,
  usHipaa,
  usNy,
  usTx,
  usWa,
  vnPdpl,
]
