import { nameButton } from "./publish/name-button.ts";

nameButton();
