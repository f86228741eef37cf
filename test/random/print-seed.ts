/** Once before all tests: how to run the same random cases again, and why nothing else is printed for a while. */
export default function printSeed(): void {
  const { SEED, MSK_LAMBDA_RUNS } = process.env;
  const factor = MSK_LAMBDA_RUNS === undefined ? '' : ` MSK_LAMBDA_RUNS=${MSK_LAMBDA_RUNS}`;
  console.log(
    `Random cases of this run: SEED=${SEED}${factor}\nOnly failures are listed. All tests take about six minutes on two cores.\n`,
  );
}
