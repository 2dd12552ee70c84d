namespace Pipeline.Cli.Completing;

/// <summary>What a shell needs to complete the command's words: it asks the command itself.</summary>
internal static class CompletionScripts
{
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        ["bash"] = """
            # pipeline completion for bash; to load it now: source <(pipeline completion bash)
            _pipeline() {
                local IFS=$'\n' word="${COMP_WORDS[COMP_CWORD]}"
                COMPREPLY=($(compgen -W "$("${COMP_WORDS[0]}" "[suggest:${COMP_POINT}]" "pipeline ${COMP_LINE#"${COMP_WORDS[0]} "}" 2>/dev/null)" -- "$word"))
            }
            complete -o default -F _pipeline pipeline

            """,
        ["zsh"] = """
            # pipeline completion for zsh; to load it now: source <(pipeline completion zsh)
            _pipeline() {
                local -a suggestions
                suggestions=("${(@f)$("${words[1]}" "[suggest:${CURSOR}]" "$BUFFER" 2>/dev/null)}")
                compadd -- $suggestions
                _files
            }
            compdef _pipeline pipeline

            """,
        ["fish"] = """
            # pipeline completion for fish; to load it now: pipeline completion fish | source
            function __pipeline_complete
                set -l line (commandline --cut-at-cursor)
                pipeline "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
            end
            complete --command pipeline --arguments "(__pipeline_complete)"

            """,
    };
}
