/** Completion for PowerShell. Windows PowerShell drops an empty argument, so the last word is the value of a flag. */
export const powershellScript = (
  flags: string,
): string => String.raw`# Completion of msk-lambda for PowerShell: msk-lambda completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName msk-lambda -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $words = @($commandAst.CommandElements | Select-Object -Skip 1 |
    Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.Extent.Text })
  & msk-lambda __complete --whole-words${flags} "--word=$wordToComplete" -- @words 2>$null | ForEach-Object {
    $value, $description = $_ -split [char]9, 2
    if ($value -eq ':files' -or $value -eq ':folders') {
      [System.Management.Automation.CompletionCompleters]::CompleteFilename($wordToComplete)
    } elseif ($value -ne ':none') {
      if (-not $description) { $description = $value }
      [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $description)
    }
  }
}
`;
