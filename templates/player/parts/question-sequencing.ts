// Arrives with the first page that asks for an order.

import { sequencing } from "../questions/sequencing.ts";

scormBuilder.question("sequencing", sequencing);
