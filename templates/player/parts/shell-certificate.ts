// Arrives when a trainee who has finished first wants the certificate.

import { showCertificate } from "../shell/certificate.js";

scormBuilder.add("part", "shell-certificate", showCertificate);
