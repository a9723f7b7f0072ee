/** The credential by the name of its type, until `nameCredential` puts the name that a person gave it there. */
export const THE_CREDENTIAL = "the credential 'MiniMax Platform API'";
