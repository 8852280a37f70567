// Arrives when a trainee who has finished first wants the certificate.

import { showCertificate } from "../shell/certificate.ts";

scormBuilder.add("part", "shell-certificate", showCertificate);
