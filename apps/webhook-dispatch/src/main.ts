import { runServiceProcess } from '@paymatch/platform-service';
import { webhookDispatchService } from '@paymatch/webhook-dispatch-feature';

void runServiceProcess(webhookDispatchService);
