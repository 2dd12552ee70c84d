using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Pipeline.Benchmarks.Commands;

/// <summary>Options that take numbers.</summary>
internal static class Numbers
{
    public static Option<int> One(string name, int least, string description, int value)
    {
        var option = new Option<int>(name) { Description = description, HelpName = "number", DefaultValueFactory = _ => value };
        RefuseBelow(option, name, least);
        return option;
    }

    /// <summary>Numbers with commas or blanks between them.</summary>
    public static Option<int[]> Many(string name, int least, string description, params int[] values) => new(name)
    {
        Description = description,
        HelpName = "numbers",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => values,
        CustomParser = result => Parse(result, name, least),
    };

    private static int[] Parse(ArgumentResult result, string name, int least)
    {
        var numbers = new List<int>();
        foreach (var text in result.Tokens.SelectMany(token => token.Value.Split(',')))
        {
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < least)
            {
                result.AddError($"{name} is '{text}'; whole numbers of at least {least} are needed.");
            }

            numbers.Add(number);
        }

        return [.. numbers];
    }

    private static void RefuseBelow(Option option, string name, int least) => option.Validators.Add(result =>
    {
        foreach (var token in result.Tokens)
        {
            // What is no number at all has its own error already.
            if (int.TryParse(token.Value, out var number) && number < least)
            {
                result.AddError($"{name} is {number}; it must be at least {least}.");
            }
        }
    });
}
