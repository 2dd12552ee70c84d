using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Pipeline.Hosting.Startup;

namespace Pipeline.Hosting.Tests.Startup;

public sealed class ConfigurationReaderTests
{
    [Fact]
    public void Read_Values_AreReadAndKeysCompareWithoutCase()
    {
        var reader = Reader(
            ("Pipeline:A:Text", "x"), ("Pipeline:A:Whole", "7"), ("pipeline:a:number", "0.5"), ("Pipeline:A:Flag", "TRUE"), ("Pipeline:A:Level", "warning"),
            ("Pipeline:A:Time", "2s"), ("Pipeline:L:0:N", "a"), ("Pipeline:L:1:N", "b"), ("Other:Key", "is not ours"));

        Assert.Equal("x", reader.Text("A:Text", "d"));
        Assert.Equal(7, reader.Integer("A:Whole", 0, 1, 7));
        Assert.Equal(0.5, reader.Number("A:Number", 0, 0, 1));
        Assert.True(reader.Boolean("A:Flag", false));
        Assert.Equal(LogLevel.Warning, reader.OneOf("A:Level", LogLevel.None));
        Assert.Equal(TimeSpan.FromSeconds(2), reader.Duration("A:Time", default));
        Assert.Equal(["a", "b"], reader.Elements("L").Select(element => reader.Text($"{element}:N", "?")));
        reader.CheckUnknown();
        Assert.Empty(reader.Errors);
    }

    [Fact]
    public void Read_NothingThere_GivesDefaults()
    {
        var reader = Reader(("Pipeline:A:Text", ""));

        Assert.Equal("d", reader.Text("A:Text", "d"));
        Assert.Equal(3, reader.Integer("A:Whole", 3, 1, 7));
        Assert.Null(reader.OptionalBoolean("A:Flag"));
        Assert.Null(reader.OptionalDuration("A:Time"));
        Assert.Empty(reader.Elements("L"));
        reader.CheckUnknown();
        Assert.Empty(reader.Errors);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("8")]
    [InlineData("1.5")]
    [InlineData("many")]
    [InlineData("0x1")]
    public void Integer_Wrong_IsNotedWithKeyAndRule(string value)
    {
        var reader = Reader(("Pipeline:A:Whole", value));

        Assert.Equal(3, reader.Integer("A:Whole", 3, 1, 7));
        Assert.Equal([$"Pipeline:A:Whole is '{value}' and must be a whole number from 1 to 7."], reader.Errors);
    }

    [Theory]
    [InlineData("NaN")]
    [InlineData("1.1")]
    [InlineData("Infinity")]
    public void Number_Wrong_IsNoted(string value)
    {
        var reader = Reader(("Pipeline:A:Number", value));

        _ = reader.Number("A:Number", 0, 0, 1);

        Assert.Single(reader.Errors);
    }

    [Theory]
    [InlineData("3")]
    [InlineData("-1")]
    [InlineData("Loud")]
    public void OneOf_Wrong_ListsTheNames(string value)
    {
        var reader = Reader(("Pipeline:A:Level", value));

        Assert.Equal(LogLevel.None, reader.OneOf("A:Level", LogLevel.None));
        Assert.Contains("Warning", Assert.Single(reader.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void CheckUnknown_MisspeltKeys_NamesEach()
    {
        var reader = Reader(("Pipeline:A:Text", "x"), ("Pipeline:A:Txet", "x"), ("Pipeline:L:0:M", "x"));
        _ = reader.Text("A:Text", "d");

        reader.CheckUnknown();

        Assert.Equal(["Pipeline:A:Txet is not a setting; did you mean Pipeline:A:Text?", "Pipeline:L:0:M is not a setting."], reader.Errors.Order(StringComparer.Ordinal));
    }

    private static ConfigurationReader Reader(params (string Key, string? Value)[] settings) =>
        new(new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => setting.Value)).Build());
}
