interface RequestQueue {
  readonly pending: readonly unknown[];
  readonly throttledUntil: number;
  throttleCheckTimeoutId: NodeJS.Timeout | null;
  checkPendingRequests(): void;
}

interface RequestQueueClass {
  readonly prototype: { scheduleCheckPendingRequests: (this: RequestQueue) => void };
}

const CHECK_AFTER_MS = 10;

/**
 * kafkajs 2.2.4 arms a timer after every answer, with or without anything pending, and each one that fires arms the
 * next with a time that has passed (1 ms): an idle connection costs about 5 % of a core. Armed only while something is
 * pending, it does the same work: the timer exists for throttled requests, and a finished request looks at the queue
 * anyway.
 */
export function patchRequestQueue(): void {
  const { prototype } = require('kafkajs/src/network/requestQueue') as RequestQueueClass;
  prototype.scheduleCheckPendingRequests = function scheduleCheckPendingRequests(): void {
    if (this.throttleCheckTimeoutId !== null || this.pending.length === 0) return;
    this.throttleCheckTimeoutId = setTimeout(
      () => {
        this.throttleCheckTimeoutId = null;
        this.checkPendingRequests();
      },
      Math.max(this.throttledUntil - Date.now(), CHECK_AFTER_MS),
    );
  };
}
