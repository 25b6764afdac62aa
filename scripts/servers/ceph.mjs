// Ceph's S3 gateway with one monitor and one store in memory, from Debian's packages unpacked into the cache: nothing is installed.
import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cacheDirectory, commandExists, freePort, run, startServer, workDirectory } from './server-process.mjs'

const VERSION = '16.2.15'
const DIRECTORY = () => cacheDirectory('ceph', VERSION)
const ROOT = () => join(DIRECTORY(), 'root')
const LIBRARIES = () => join(ROOT(), 'usr', 'lib', 'x86_64-linux-gnu')

export const isInstalled = () => existsSync(join(DIRECTORY(), 'unpacked'))
export const canInstall = () => commandExists('apt-get') && commandExists('dpkg-deb') && process.arch === 'x64'

export function install() {
  const archives = join(DIRECTORY(), 'archives')
  mkdirSync(join(archives, 'partial'), { recursive: true })
  const packages = ['radosgw', 'ceph-mon', 'ceph-osd']
  const place = ['-o', `Dir::Cache::archives=${archives}`, '-o', 'Debug::NoLocking=true', '-o', 'APT::Sandbox::User=root']
  run('apt-get', ['install', '--download-only', '--yes', '--no-install-recommends', ...place, ...packages])
  const files = readdirSync(archives).filter((name) => name.endsWith('.deb'))
  if (!files.some((name) => name.startsWith(`radosgw_${VERSION}`)))
    throw new Error(`Debian here has another Ceph than ${VERSION}`)
  for (const file of files) run('dpkg-deb', ['--extract', join(archives, file), ROOT()])
  writeFileSync(join(DIRECTORY(), 'unpacked'), '')
}

function environment(directory) {
  return {
    HOME: directory,
    CEPH_CONF: join(directory, 'ceph.conf'),
    PATH: `${join(ROOT(), 'usr', 'bin')}:${process.env.PATH}`,
    LD_LIBRARY_PATH: [join(ROOT(), 'lib', 'x86_64-linux-gnu'), LIBRARIES(), join(LIBRARIES(), 'ceph')].join(':'),
    PYTHONPATH: join(ROOT(), 'usr', 'lib', 'python3', 'dist-packages'),
  }
}

const program = (name) => join(ROOT(), 'usr', 'bin', name)

/** The owner's tenant has no name; each other account of twelve digits is a tenant with one user, `x`. */
export async function start() {
  const directory = workDirectory('ceph')
  const [monitorPort, gatewayPort] = [await freePort(), await freePort()]
  const [cluster, store] = [randomUUID(), randomUUID()]
  for (const name of ['mon', 'osd', 'rgw', 'crash']) mkdirSync(join(directory, name))
  const monitorAddress = `v1:127.0.0.1:${monitorPort}`
  writeFileSync(join(directory, 'ceph.conf'), configuration(directory, cluster, monitorAddress, gatewayPort))
  const env = environment(directory)
  const call = (name, ...args) => run(program(name), args, env)
  const endpoint = `http://127.0.0.1:${gatewayPort}`
  const parts = []
  const part = async (name, args, ready) => {
    parts.push(await startServer({ command: program(name), args: [...args, '-f'], env, endpoint, directory, ready, keeps: true }))
  }
  const stop = async () => {
    for (const each of parts.reverse()) await each.stop()
    rmSync(directory, { recursive: true, force: true })
  }
  try {
    const map = join(directory, 'monmap')
    call('monmaptool', '--create', '--addv', 'a', `[${monitorAddress}]`, '--fsid', cluster, map)
    call('ceph-mon', '--mkfs', '-i', 'a', '--monmap', map)
    await part('ceph-mon', ['-i', 'a'], () => answers(() => call('ceph', '--connect-timeout', '2', 'status')))
    await patiently(() => call('ceph', 'osd', 'new', store, '0'))
    call('ceph-osd', '-i', '0', '--mkfs', '--osd-uuid', store)
    await patiently(() => part('ceph-osd', ['-i', '0'], () => call('ceph', 'osd', 'stat').includes(' 1 up')))
    createUsers(call)
    await part('radosgw', ['-n', 'client.rgw'])
    return { endpoint, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

// A monitor that has only just started sends away those who come before they know its cluster.
async function patiently(step, tries = 10) {
  for (let left = tries; ; left--) {
    try {
      return await step()
    } catch (error) {
      if (left <= 1) throw error
      await new Promise((resolve) => setTimeout(resolve, 1_000))
    }
  }
}

function createUsers(call) {
  const user = (...who) => call('radosgw-admin', 'user', 'create', '--display-name=test', '--secret=test-password', ...who)
  // Whoever a policy denies, the owner too, stays out; an administrator can take the policy away again.
  user('--uid=owner', '--access-key=111111111111', '--admin')
  for (const tenant of ['222222222222', '333333333333', '999999999999']) {
    user(`--tenant=${tenant}`, '--uid=x', `--access-key=${tenant}`)
  }
}

function answers(check) {
  try {
    check()
    return true
  } catch {
    return false
  }
}

function configuration(directory, cluster, monitorAddress, gatewayPort) {
  return `[global]
fsid = ${cluster}
mon host = ${monitorAddress}
mon initial members = a
auth cluster required = none
auth service required = none
auth client required = none
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 1
osd pool default pgp num = 1
osd crush chooseleaf type = 0
mon allow pool size one = true
mon max pg per osd = 1000
mon data avail crit = 1
osd objectstore = memstore
memstore device bytes = 1073741824
run dir = ${directory}
admin socket = ${directory}/$name.asok
log file = ${directory}/$name.log
pid file =
erasure code dir = ${LIBRARIES()}/ceph/erasure-code
osd class dir = ${LIBRARIES()}/rados-classes
plugin dir = ${LIBRARIES()}/ceph
mon data = ${directory}/mon
osd data = ${directory}/osd
rgw data = ${directory}/rgw
crash dir = ${directory}/crash
public addr = 127.0.0.1
cluster addr = 127.0.0.1
ms bind msgr2 = false
ms bind ipv6 = false
[client.rgw]
rgw frontends = beast endpoint=127.0.0.1:${gatewayPort} tcp_nodelay=1
keyring = ${directory}/none
`
}
