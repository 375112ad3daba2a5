// @ts-check
// What an Icecast server of the chain is told: a master that takes a source, or a relay of it.

/**
 * @typedef {object} IcecastPlan
 * @property {number} port
 * @property {string} folder for its logs
 * @property {Passwords} passwords
 * @property {number} [masterPort] of the master that it relays; none: it is the master
 */

/**
 * @typedef {object} Passwords
 * @property {string} studio what the page sends
 * @property {string} source
 * @property {string} relay
 * @property {string} admin
 */

/** How often a relay asks for the master's mounts. */
const UPDATE_SECONDS = 1;
/** Where Debian's package puts its pages, the status page among them. */
const SHARE = '/usr/share/icecast2';

/**
 * One upstream connection for each relay, and only while somebody listens there.
 * @param {number} masterPort
 * @param {Passwords} passwords
 */
const relaying = (masterPort, passwords) => `
  <master-server>127.0.0.1</master-server>
  <master-server-port>${masterPort}</master-server-port>
  <master-update-interval>${UPDATE_SECONDS}</master-update-interval>
  <master-username>relay</master-username>
  <master-password>${passwords.relay}</master-password>
  <relays-on-demand>1</relays-on-demand>`;

/**
 * The burst that a new listener gets is small: it is sound of the past, and so it is delay.
 * @param {IcecastPlan} plan
 */
export const icecastConfig = ({ port, folder, passwords, masterPort }) => `<icecast>
  <location>loopback</location>
  <admin>radio@localhost</admin>
  <hostname>localhost</hostname>
  <limits>
    <clients>1100</clients>
    <sources>8</sources>
    <queue-size>524288</queue-size>
    <client-timeout>30</client-timeout>
    <header-timeout>15</header-timeout>
    <source-timeout>10</source-timeout>
    <burst-size>8192</burst-size>
  </limits>
  <authentication>
    <source-password>${passwords.source}</source-password>
    <relay-password>${passwords.relay}</relay-password>
    <admin-user>admin</admin-user>
    <admin-password>${passwords.admin}</admin-password>
  </authentication>
  <listen-socket>
    <bind-address>127.0.0.1</bind-address>
    <port>${port}</port>
  </listen-socket>${masterPort === undefined ? '' : relaying(masterPort, passwords)}
  <http-headers>
    <header name="Access-Control-Allow-Origin" value="*" />
  </http-headers>
  <fileserve>1</fileserve>
  <paths>
    <logdir>${folder}</logdir>
    <webroot>${SHARE}/web</webroot>
    <adminroot>${SHARE}/admin</adminroot>
    <alias source="/" destination="/status.xsl" />
  </paths>
  <logging>
    <accesslog>access-${port}.log</accesslog>
    <errorlog>error-${port}.log</errorlog>
    <loglevel>3</loglevel>
  </logging>
  <security>
    <chroot>0</chroot>
  </security>
</icecast>
`;
