using System.Collections.Immutable;
using Pipeline.Cli.ModelFiles;
using Pipeline.Models.Package;
using Pipeline.Models.Package.Folders;
using Pipeline.Models.Package.Inferring;
using Pipeline.Models.Package.Manifest;
using Spectre.Console;

namespace Pipeline.Cli.Initializing;

/// <summary>Makes and writes a manifest.</summary>
internal static class InitRun
{
    private const string NamePath = "$.name";

    /// <returns>0 if the manifest was written, 1 if not and why is told, 2 if what was typed cannot stand in a manifest.</returns>
    public static Task<int> RunAsync(InitOptions options, CancellationToken cancellationToken) => ModelFailures.CatchAsync(() =>
    {
        PackageFolder.RefuseUnlessModel(options.Folder);
        var file = Path.Combine(options.Folder, ModelManifest.FileName);
        if (File.Exists(file) && !options.Force)
        {
            Console.Error.WriteLine($"{file} is there already: --force overwrites it, pipeline model verify checks it.");
            return ExitCodes.Failed;
        }

        var draft = new ManifestDraft(options.Folder, options.Given);
        if (!options.Json && !Console.IsInputRedirected && !Console.IsOutputRedirected)
        {
            new InitPrompts(AnsiConsole.Console).Ask(draft);
        }

        cancellationToken.ThrowIfCancellationRequested();
        var labels = LabelCopy.Find(options.Folder, draft);
        return Refused(options, draft) ?? Write(options, draft, file, labels, cancellationToken);
    });

    private static int? Refused(InitOptions options, ManifestDraft draft)
    {
        if (draft.Open.Any())
        {
            InitReport.WriteOpen(options, draft);
            return ExitCodes.Failed;
        }

        if (draft.LabelProblem is { } problem)
        {
            throw new InvalidLabelsException(problem.File, problem.Detail);
        }

        return null;
    }

    private static int Write(InitOptions options, ManifestDraft draft, string file, string? labels, CancellationToken cancellationToken)
    {
        AddName(options.Folder, draft);
        if (options.Hash)
        {
            draft.Say(new InferredValue("$.sha256", ManifestText.Of(ModelHash.OfSavedModel(options.Folder, cancellationToken)), "of the model's files"));
        }

        try
        {
            draft.Read();
        }
        catch (InvalidManifestException error)
        {
            Console.Error.WriteLine($"{error.Message}\nNothing was written. The options are named as the keys: {Options(error)}.");
            return ExitCodes.UsedWrongly;
        }

        draft.Check(labels);
        if (labels is not null)
        {
            LabelCopy.Copy(labels, options.Folder, options.Force);
        }

        ManifestFile.Write(file, draft.Text, options.Force);
        InitReport.WriteDone(options, draft, file);
        return ExitCodes.Done;
    }

    private static void AddName(string folder, ManifestDraft draft)
    {
        var name = string.Concat(new DirectoryInfo(Path.GetFullPath(folder)).Name.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' ? letter : '-')).TrimStart('.', '_', '-');
        if (draft.Said(NamePath) is null && name.Length is > 0 and <= 100)
        {
            draft.Say(new InferredValue(NamePath, ManifestText.Of(name), "the folder's name"));
        }
    }

    private static string Options(InvalidManifestException error)
    {
        ImmutableArray<string> paths = [.. ManifestKeys.Paths.Where(path => error.Errors.Any(found => found.Path.StartsWith(path, StringComparison.Ordinal)))];
        return string.Join(", ", paths.Select(Commands.ManifestOptions.NameOf));
    }
}
