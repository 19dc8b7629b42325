/**
 * The environments of the reference service that a scenario may name. Nothing of the service is imported: it says so itself
 * (`--print-schema`), and a test compares.
 */
export const environmentNames = ['plain', 'staging', 'inherited', 'diskcache', 'bandaid', 'redis-careless', 'sidecar'] as const;

export type EnvironmentName = (typeof environmentNames)[number];

export const defaultEnvironment: EnvironmentName = 'sidecar';
