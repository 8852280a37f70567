// Loads when the certificate is first opened.

import { showCertificate } from "../shell/certificate.ts";

scormBuilder.add("part", "shell-certificate", showCertificate);
