// `node scripts/servers/install.mjs [NAME…]`: installs the servers that tests compare verdicts with, those that are not there yet.
const SERVERS = ['ministack', 'versitygw', 'minio', 'ceph']
const names = process.argv.slice(2)
const unknown = names.filter((name) => !SERVERS.includes(name))
if (unknown.length > 0) {
  console.error(`There is no server ${unknown.join(', ')}; there are ${SERVERS.join(', ')}.`)
  process.exit(2)
}

for (const name of names.length > 0 ? names : ['ministack', 'versitygw', 'minio']) {
  const server = await import(`./${name}.mjs`)
  const began = Date.now()
  if (server.isInstalled()) console.log(`${name}: is there`)
  else if (!server.canInstall()) console.log(`${name}: left out, its tools are not here`)
  else {
    try {
      server.install()
      console.log(`${name}: installed in ${Math.round((Date.now() - began) / 1000)} s`)
    } catch (error) {
      console.error(`${name}: ${error.message}`)
      process.exitCode = 1
    }
  }
}
