// @ts-check
// The hosting files: the same headers in the words of each server.
import { SECURITY_HEADERS, STRICT_TRANSPORT } from './headers.mjs';

const BANNER = '# Printed from scripts/lib/headers.mjs: `npm run gen`. Do not edit.';

/** For hosts that read a `_headers` file. */
const headersFile = () => `${BANNER}
/*
${SECURITY_HEADERS.map(([name, value]) => `  ${name}: ${value}`).join('\n')}
`;

const nginx = () => `${BANNER}
# An example for nginx: set the name, the certificate and the root, put it into the http block.
# add_header in a location would drop all of these: add none there.
server {
  listen 443 ssl;
  server_name quanta.example;
  ssl_certificate /etc/ssl/certs/quanta.example.pem;
  ssl_certificate_key /etc/ssl/private/quanta.example.key;
  root /srv/quanta/dist;

${[...SECURITY_HEADERS, STRICT_TRANSPORT]
  .map(([name, value]) => `  add_header ${name} "${value}" always;`)
  .join('\n')}

  location /assets/ {
    expires 1y;
  }
}
`;

const caddy = () => `${BANNER}
# An example for Caddy: set the name and the root. Caddy fetches the certificate itself.
quanta.example {
  root * /srv/quanta/dist
  header {
${[...SECURITY_HEADERS, STRICT_TRANSPORT]
  .map(([name, value]) => `    ${name} "${value}"`)
  .join('\n')}
  }
  file_server
}
`;

/**
 * The hosting files as they should be.
 * @returns {{ file: string, text: string }[]}
 */
export const generateHosting = () => [
  { file: 'public/_headers', text: headersFile() },
  { file: 'scripts/hosting/nginx.conf', text: nginx() },
  { file: 'scripts/hosting/Caddyfile', text: caddy() },
];
