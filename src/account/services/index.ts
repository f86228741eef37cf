/** Every AWS service that this tool calls, imported on first use. */
export const services = {
  lambda: () => import('./lambda.js'),
  kafka: () => import('./kafka.js'),
  ec2: () => import('./ec2.js'),
  iam: () => import('./iam.js'),
  sts: () => import('./sts.js'),
  secretsmanager: () => import('./secretsmanager.js'),
  kms: () => import('./kms.js'),
  cloudwatch: () => import('./cloudwatch.js'),
  logs: () => import('./logs.js'),
  sqs: () => import('./sqs.js'),
  sns: () => import('./sns.js'),
  s3: () => import('./s3.js'),
  glue: () => import('./glue.js'),
  route53: () => import('./route53.js'),
  organizations: () => import('./organizations.js'),
} as const;
export type Service = keyof typeof services;
