/** The format of a file by its content, where neither its name nor `--format` shows it. */
import { isObject } from '../../../template/resource.js';

export type DetectedFormat = 'plan' | 'assembly' | 'terraform' | null;

/** Null: a template of CloudFormation or a service of the Serverless Framework, which are told apart when they are read. */
export function detectFormat(text: string): DetectedFormat {
  if (/^\s*\{/.test(text)) return detectDocument(text);
  return beginsLikeTerraform(text) ? 'terraform' : null;
}

function detectDocument(text: string): DetectedFormat {
  if (!text.includes('"planned_values"') && !text.includes('"artifacts"')) return null;
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isObject(document) || document['Resources'] !== undefined) return null;
  if (isObject(document['planned_values'])) return 'plan';
  return isObject(document['artifacts']) ? 'assembly' : null;
}

/** The first line that is no comment opens a block of Terraform. */
function beginsLikeTerraform(text: string): boolean {
  let isComment = false;
  for (const written of text.split('\n')) {
    const line = written.trim();
    if (isComment) isComment = !line.includes('*/');
    else if (line.startsWith('/*')) isComment = !line.includes('*/');
    else if (line !== '' && !line.startsWith('#') && !line.startsWith('//'))
      return /^(?:terraform|locals) *\{|^(?:resource|data|module|variable|provider|output|import|moved|check) *["{]/.test(
        line,
      );
  }
  return false;
}
