using System.CommandLine;

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

    public static Option<int[]> Many(string name, int least, string description, params int[] values)
    {
        var option = new Option<int[]>(name)
        {
            Description = description,
            HelpName = "numbers",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => values,
        };
        RefuseBelow(option, name, least);
        return option;
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
