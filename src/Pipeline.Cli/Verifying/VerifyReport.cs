using System.Globalization;
using System.Text.Json.Nodes;
using Pipeline.Cli.ModelFiles;
using Pipeline.Models.Package.Manifest;
using Spectre.Console;

namespace Pipeline.Cli.Verifying;

/// <summary>Says which way of feeding a model is right, and how sure that is.</summary>
internal sealed class VerifyReport
{
    private const int RowsAtMost = 20;
    private const int NamedAtMost = 5;

    private readonly VerifyOptions _options;
    private readonly OwnManifest _own;
    private readonly LabelledFolders _folders;
    private readonly IReadOnlyDictionary<string, string> _unreadable;
    private readonly TrialResult _result;
    private readonly string? _written;

    /// <param name="unreadable">Pictures that were left out, each with the reason.</param>
    /// <param name="written">The file that was written, or null.</param>
    public VerifyReport(
        VerifyOptions options, OwnManifest own, LabelledFolders folders, IReadOnlyDictionary<string, string> unreadable, TrialResult result, string? written)
    {
        _options = options;
        _own = own;
        _folders = folders;
        _unreadable = unreadable;
        _result = result;
        _written = written;
    }

    /// <summary>Why there is nothing to measure with.</summary>
    public static string NoPictures(string images, LabelledFolders folders, string labels)
    {
        if (folders.Unknown.IsEmpty)
        {
            return $"{images}: no pictures in sub-folders named as labels; make one for each label of {labels}, and put its pictures (jpg, jpeg, png, webp, gif, bmp) there.";
        }

        var named = string.Join(", ", folders.Unknown.Take(NamedAtMost).Select(Describe));
        return $"{images}: no pictures in sub-folders named as a label of {labels}; there are {named}{(folders.Unknown.Length > NamedAtMost ? $" and {folders.Unknown.Length - NamedAtMost} more" : string.Empty)}.";
    }

    public void Write()
    {
        if (_options.Json)
        {
            WriteJson();
            return;
        }

        var console = TableOutput.Create();
        WriteTable(console);
        foreach (var line in Remarks().Concat(Verdict()))
        {
            console.WriteLine(line);
        }
    }

    /// <summary>What the table says, in sentences.</summary>
    private IEnumerable<string> Verdict()
    {
        var chosen = _result.Chosen;
        if (!_result.Fits)
        {
            yield return $"None fits: the best gets {Figures.Percent(chosen.Top1)} of {_result.Pictures} right, which is no better than guessing. "
                + "Are the sub-folders named rightly, and are the labels in the order of the model's classes?";
            yield break;
        }

        var gets = $"{Name(chosen)} gets {Figures.Percent(chosen.Top1)} of {_result.Pictures} pictures right";
        yield return _result.IsOwnRight ? $"{Begun(_own.Source)} is as good as any: {gets}."
            : _own.IsKnown ? $"Best is another way than {_own.Source}: {gets}, and {_own.Source}, {Name(_result.Own)}, {Figures.Percent(_result.Own.Top1)}."
            : $"Best: {gets}.";
        if (!_result.Alike.IsEmpty)
        {
            var names = string.Join("; ", _result.Alike.Take(NamedAtMost).Select(Name));
            var more = _result.Alike.Length > NamedAtMost ? $"; and {_result.Alike.Length - NamedAtMost} more" : string.Empty;
            yield return $"These pictures cannot tell it apart from: {names}{more}. More pictures may.";
        }

        if (_result.Pictures < TrialResult.FewPictures)
        {
            yield return $"{(_result.Pictures == 1 ? "1 picture is" : $"{_result.Pictures} pictures are")} few: take {TrialResult.FewPictures} or more, of every label, before you rely on it.";
        }

        yield return _written is not null ? $"Wrote {_written}."
            : _result.IsOwnRight && _own.Source == ModelManifest.FileName ? "Nothing is to be changed."
            : $"Write it: pipeline model verify {_options.Folder} --images {_options.Images} --write{(_own.Source == ModelManifest.FileName ? " --force" : string.Empty)}";
    }

    private IEnumerable<string> Remarks()
    {
        foreach (var value in _own.Guessed)
        {
            yield return $"Taken and not measured: {InferredTable.Short(value.Path)} {value.Json}.";
        }

        if (!_folders.Unknown.IsEmpty)
        {
            yield return $"Named as no label, and left out: {string.Join(", ", _folders.Unknown.Take(NamedAtMost).Select(Describe))}"
                + $"{(_folders.Unknown.Length > NamedAtMost ? $" and {_folders.Unknown.Length - NamedAtMost} more" : string.Empty)}.";
        }

        foreach (var (file, reason) in _unreadable.Take(NamedAtMost))
        {
            yield return $"Left out: {file}: {reason}";
        }

        if (_unreadable.Count > NamedAtMost)
        {
            yield return $"Left out: {_unreadable.Count - NamedAtMost} more pictures.";
        }

        if (_folders.Found > _folders.Pictures.Length)
        {
            yield return $"{_folders.Pictures.Length} of {_folders.Found} pictures were taken, evenly of all labels; --limit takes more.";
        }
    }

    private void WriteTable(IAnsiConsole console)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("values", "resizing", "top-1", "top-5", "log-likelihood", "pictures", string.Empty);
        var rows = _result.Scores.Concat(_result.Dropped).ToList();
        foreach (var score in rows.Take(RowsAtMost).Concat(rows.Skip(RowsAtMost).Where(score => score.Candidate.IsOwn)))
        {
            table.AddTextRow(
                score.Candidate.Values.Name,
                score.Candidate.Resizing.Name,
                Figures.Percent(score.Top1),
                Figures.Percent(score.Top5),
                Figures.Text(score.MeanLogLikelihood, "0.0000"),
                score.Pictures.ToString(CultureInfo.InvariantCulture),
                Mark(score));
        }

        console.Write(table);
        if (rows.Count > RowsAtMost)
        {
            console.WriteLine($"{rows.Count - RowsAtMost} worse ones are left out; --json has all.");
        }
    }

    private void WriteJson() => JsonOutput.Write(new
    {
        Model = _options.Folder,
        _result.Pictures,
        _folders.Found,
        UnknownFolders = _folders.Unknown,
        Unreadable = _unreadable,
        Candidates = _result.Scores.Concat(_result.Dropped).Select(score => new
        {
            Values = score.Candidate.Values.Name,
            Resizing = score.Candidate.Resizing.Name,
            score.Top1,
            score.Top5,
            score.MeanLogLikelihood,
            score.Pictures,
            score.Candidate.IsOwn,
            IsChosen = ReferenceEquals(score, _result.Chosen),
            IsAlike = _result.Alike.Contains(score),
        }),
        _result.Fits,
        _result.IsOwnRight,
        Manifest = JsonNode.Parse(_result.Chosen.Candidate.Text),
        Written = _written,
    });

    private string Mark(CandidateScore score)
    {
        var verdict = ReferenceEquals(score, _result.Chosen) && _result.Fits ? "chosen" : _result.Alike.Contains(score) && _result.Fits ? "cannot be told apart" : string.Empty;
        return score.Candidate.IsOwn ? $"{_own.Source}{(verdict.Length > 0 ? $", {verdict}" : string.Empty)}" : verdict;
    }

    private static string Name(CandidateScore score) => $"{score.Candidate.Values.Name} with {score.Candidate.Resizing.Name}";

    /// <summary>As a sentence begins, but for the name of the file.</summary>
    private static string Begun(string text) => text == ModelManifest.FileName ? text : $"{char.ToUpperInvariant(text[0])}{text[1..]}";

    private static string Describe(UnknownFolder folder) => folder.Nearest is null ? $"'{folder.Name}'" : $"'{folder.Name}' (did you mean '{folder.Nearest}'?)";
}
