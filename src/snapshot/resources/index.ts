export * from './access.js';
export * from './ec2.js';
export * from './evidence.js';
export * from './kafka.js';
export * from './lambda.js';
export * from './route53.js';
export * from './secret-profile.js';
