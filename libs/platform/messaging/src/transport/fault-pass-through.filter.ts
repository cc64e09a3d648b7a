import { Catch, type ExceptionFilter } from '@nestjs/common';
import { throwError, type Observable } from 'rxjs';

/**
 * Nest's own filter turns every error of a message handler into "Internal server error". The runner must see the error
 * itself: a refusal travels back, wrong bytes are parked at once, an absent database is waited for.
 */
@Catch()
export class FaultPassThroughFilter implements ExceptionFilter<unknown> {
  catch(fault: unknown): Observable<never> {
    return throwError(() => fault);
  }
}
