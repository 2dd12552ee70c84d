namespace Pipeline.Hosting.Startup;

/// <summary>What the command line says.</summary>
/// <param name="Target">From <c>--target</c> or the bare argument, or null.</param>
/// <param name="Port">From <c>--port</c>, unchecked, or null.</param>
/// <param name="Settings">From <c>--Pipeline:Key=value</c>.</param>
internal sealed record HostFlags(string? Target, string? Port, IReadOnlyDictionary<string, string?> Settings)
{
    /// <summary>Reads <c>--name value</c> and <c>--name=value</c>, and passes over the flag of <see cref="StartTrace"/>. What is not understood is added to the errors.</summary>
    public static HostFlags Parse(IReadOnlyList<string> arguments, ICollection<string> errors)
    {
        string? target = null;
        string? port = null;
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        for (var index = 0; index < arguments.Count; index++)
        {
            var argument = arguments[index];
            if (!argument.StartsWith("--", StringComparison.Ordinal))
            {
                target = Once(target, argument, "target", errors);
                continue;
            }

            var equals = argument.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? argument[2..] : argument[2..equals];
            if (argument == StartTrace.Flag)
            {
                continue;
            }

            var isKnown = name is "target" or "port" || name.StartsWith($"{ConfigurationReader.Root}:", StringComparison.OrdinalIgnoreCase);
            if (!isKnown)
            {
                errors.Add($"'--{name}' is not an option; --target, --port, {StartTrace.Flag} and --{ConfigurationReader.Root}:… are.");
                continue;
            }

            if (equals < 0 && index + 1 >= arguments.Count)
            {
                errors.Add($"'--{name}' needs a value.");
                continue;
            }

            var value = equals < 0 ? arguments[++index] : argument[(equals + 1)..];
            switch (name)
            {
                case "target":
                    target = Once(target, value, name, errors);
                    break;
                case "port":
                    port = Once(port, value, name, errors);
                    break;
                default:
                    settings[name] = value;
                    break;
            }
        }

        return new HostFlags(target, port, settings);
    }

    private static string Once(string? before, string value, string name, ICollection<string> errors)
    {
        if (before is not null)
        {
            errors.Add($"The {name} is given twice: '{before}' and '{value}'.");
        }

        return value;
    }
}
