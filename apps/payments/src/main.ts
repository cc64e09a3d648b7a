import { paymentsService } from '@paymatch/payments-feature';
import { runServiceProcess } from '@paymatch/platform-service';

void runServiceProcess(paymentsService);
