import { gatewayService } from '@paymatch/gateway-service';
import { runServiceProcess } from '@paymatch/platform-service';

void runServiceProcess(gatewayService);
