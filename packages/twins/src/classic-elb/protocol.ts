/** The protocols of a Classic Load Balancer's listeners, and of its instances. */
export type Protocol = 'HTTP' | 'HTTPS' | 'TCP' | 'SSL';
