using System.Collections.Frozen;

namespace Pipeline.Cli.Commands;

/// <summary>What to type: at least one line for each command that does something.</summary>
internal static class CommandExamples
{
    private static readonly FrozenDictionary<string, string[]> ByCommand = new Dictionary<string, string[]>
    {
        ["run"] = ["pipeline run", "pipeline run --model model/ --data /srv/pipeline", "pipeline run --samples scripts/samples --once"],
        ["classify"] = ["pipeline classify photo.jpg", "pipeline classify holiday/ --csv > labels.csv", "pipeline classify holiday/ --model model/ --json"],
        ["model inspect"] = ["pipeline model inspect model/", "pipeline model inspect model/ --graph"],
        ["model bench"] = ["pipeline model bench model/", "pipeline model bench model/ --runs 50 --json"],
        ["model init"] =
        [
            "pipeline model init model/",
            "pipeline model init model/ --mean 127.5 --std 127.5 --resize tf-bilinear",
            "pipeline model init model/ --labels ../labels.txt --threshold 0.4 --label-threshold weapon=0.8 --ignore background",
        ],
        ["model verify"] = ["pipeline model verify model/ --images photos/", "pipeline model verify model/ --images photos/ --write", "pipeline model verify model/ --recorded recorded/"],
        ["model schema"] = ["pipeline model schema > model.schema.json"],
        ["deadletters list"] = ["pipeline deadletters list", "pipeline deadletters list --state parked --code OBJECT_UNAVAILABLE", "pipeline deadletters list --older-than 1d --json"],
        ["deadletters show"] = ["pipeline deadletters show users/u1/photo.jpg"],
        ["deadletters retry"] = ["pipeline deadletters retry users/u1/photo.jpg", "pipeline deadletters retry --all --code MODEL_INVALID --dry-run", "pipeline deadletters retry --all --state parked --rate 5"],
        ["deadletters park"] = ["pipeline deadletters park --all --prefix users/u1/"],
        ["deadletters drop"] = ["pipeline deadletters drop users/u1/photo.jpg", "pipeline deadletters drop --all --state parked --older-than 30d --yes"],
        ["deadletters undelivered"] = ["pipeline deadletters undelivered", "pipeline deadletters undelivered --retry"],
        ["config explain"] = ["pipeline config explain", "pipeline config explain Limits", "pipeline config explain --object users/u1/photo.jpg --type image/png"],
        ["config check"] = ["pipeline config check", "pipeline config check settings.json"],
        ["config rules"] = ["pipeline config rules --config settings.json"],
        ["doctor"] = ["pipeline doctor", "pipeline doctor --data /srv/pipeline --json"],
        ["completion"] = ["source <(pipeline completion bash)", "pipeline completion bash > /etc/bash_completion.d/pipeline"],
    }.ToFrozenDictionary();

    /// <summary>The lines for a command.</summary>
    /// <param name="path">The words behind the program's name.</param>
    public static IReadOnlyList<string> Of(string path) => ByCommand.GetValueOrDefault(path) ?? [];
}
