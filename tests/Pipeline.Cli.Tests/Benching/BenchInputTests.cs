using Pipeline.Cli.Benching;
using Pipeline.Inference.Tensors;

namespace Pipeline.Cli.Tests.Benching;

public sealed class BenchInputTests
{
    [Fact]
    public void Create_FloatingPoint_IsOfManyValuesWithinOne()
    {
        var floats = BenchInput.Create(DataType.Float32, Shape.Of(10, 100)).Elements<float>().ToArray();

        Assert.All(floats, value => Assert.InRange(value, -1, 1));
        Assert.Equal(251, floats.Distinct().Count());
        Assert.DoesNotContain(0f, floats);
        Assert.Equal(floats.Select(value => (double)value), BenchInput.Create(DataType.Float64, Shape.Of(1000)).Elements<double>().ToArray());
        Assert.Equal(floats.Select(value => (Half)value), BenchInput.Create(DataType.Float16, Shape.Of(1000)).Elements<Half>().ToArray());
    }

    [Theory]
    [InlineData(DataType.Int32)]
    [InlineData(DataType.Bool)]
    [InlineData(DataType.Int4)]
    public void Create_WhatChooses_IsZero(DataType type) => Assert.Equal(-1, BenchInput.Create(type, Shape.Of(9)).Bytes.IndexOfAnyExcept((byte)0));

    [Fact]
    public void Create_Strings_IsRefused() => Assert.Throws<ArgumentException>(() => BenchInput.Create(DataType.String, Shape.Of(1)));
}
