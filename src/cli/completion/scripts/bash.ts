/** Completion for bash 3.2 and later. Bash splits words at `=` and `:`; the loop joins them again. */
export const bashScript = (
  flags: string,
): string => String.raw`# Completion of msk-lambda for bash: source <(msk-lambda completion bash)
_msk_lambda() {
  local words=() count=0 joined='' word value description current
  for word in "${'$'}{COMP_WORDS[@]:1:COMP_CWORD}"; do
    if [[ $count -gt 0 && ( $word == '=' || $word == ':' ) ]]; then
      words[count - 1]+=$word
      joined=yes
    elif [[ -n $joined ]]; then
      words[count - 1]+=$word
      joined=''
    else
      words[count]=$word
      count=$((count + 1))
    fi
  done
  current=${'$'}{COMP_WORDS[COMP_CWORD]}
  [[ $current == '=' || $current == ':' ]] && current=''
  COMPREPLY=()
  while IFS=$'\t' read -r value description; do
    case $value in
      :files | :folders)
        compopt -o filenames 2>/dev/null
        while IFS= read -r value; do COMPREPLY+=("$value"); done < <(
          if [[ $value == :files ]]; then compgen -f -- "$current"; else compgen -d -- "$current"; fi
        )
        ;;
      :none) ;;
      *) COMPREPLY+=("$(printf '%q' "$value")") ;;
    esac
  done < <(msk-lambda __complete${flags} -- "${'$'}{words[@]}" 2>/dev/null)
}
complete -F _msk_lambda msk-lambda
`;
