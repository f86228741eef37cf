/** The suite judges what is built: it is built anew before. */
import { execFileSync } from 'node:child_process';

export default function build(): void {
  execFileSync('npm', ['run', '--silent', 'build'], { stdio: 'ignore', shell: process.platform === 'win32' });
}
