/** Completion for fish. */
export const fishScript = (
  flags: string,
): string => String.raw`# Completion of msk-lambda for fish: msk-lambda completion fish | source
function __msk_lambda_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -e words[1]
    for line in (command msk-lambda __complete --whole-words${flags} -- $words "$current" 2>/dev/null)
        switch $line
            case ':files'
                __fish_complete_path "$current"
            case ':folders'
                __fish_complete_directories "$current" ''
            case ':none'
            case '*'
                echo $line
        end
    end
end
complete -c msk-lambda -f -a '(__msk_lambda_complete)'
`;
