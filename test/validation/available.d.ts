export declare function validationAvailable(path: string): boolean;
export declare function readValidation(path: string): string;
