/** Not anew around each call's arrays, and never by a look at a table that was empty when it was last counted. */
export const PLANNED_ONCE = `SET plan_cache_mode = force_generic_plan SET enable_seqscan = off`;
