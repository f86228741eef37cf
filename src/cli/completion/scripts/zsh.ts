/** Completion for zsh, to be sourced or put as `_msk-lambda` into a folder of `fpath`. */
export const zshScript = (flags: string): string => String.raw`#compdef msk-lambda
# Completion of msk-lambda for zsh: source <(msk-lambda completion zsh)
_msk_lambda() {
  local -a candidates
  local value description paths=none
  while IFS=$'\t' read -r value description; do
    case $value in
      :*) paths=${'$'}{value#:} ;;
      *) candidates+=("${'$'}{value//:/\\:}${'$'}{description:+:$description}") ;;
    esac
  done < <(msk-lambda __complete${flags} -- "${'$'}{(@)words[2,CURRENT]}" 2>/dev/null)
  [[ ${'$'}{words[CURRENT]} == --*=* ]] && compset -P '*='
  (( $#candidates )) && _describe 'msk-lambda' candidates
  case $paths in
    files) _files ;;
    folders) _files -/ ;;
  esac
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
  _msk_lambda "$@"
else
  compdef _msk_lambda msk-lambda
fi
`;
