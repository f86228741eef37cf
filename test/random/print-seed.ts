/** Once before all tests: says how to run the same random cases again. */
export default function printSeed(): void {
  const { SEED, MSK_LAMBDA_RUNS } = process.env;
  const factor = MSK_LAMBDA_RUNS === undefined ? '' : ` MSK_LAMBDA_RUNS=${MSK_LAMBDA_RUNS}`;
  console.log(`Random cases of this run: SEED=${SEED}${factor}\n`);
}
