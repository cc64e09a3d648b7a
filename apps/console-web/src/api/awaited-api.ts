/** Routes on their way into the panel's document stand here beside it, until they are there. */
export type { paths } from './panel-api';
