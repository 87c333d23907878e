declare const CARRIERGRADE_VERSION: string;

/** Version of this tool, put in by the build. */
export const VERSION: string = CARRIERGRADE_VERSION;
