using CloudNative.CloudEvents;
using Google.Protobuf;
using Microsoft.Extensions.DependencyInjection;
using Pipeline.Hosting.CloudEvents;

namespace Pipeline.Hosting.Functions;

/// <summary>Calls one function with an event.</summary>
internal abstract class EventInvoker
{
    private readonly EventTypesAttribute? _types;

    private protected EventInvoker(Type function)
    {
        Function = function;
        _types = (EventTypesAttribute?)Attribute.GetCustomAttribute(function, typeof(EventTypesAttribute));
    }

    public Type Function { get; }

    /// <summary>True where the function says which types it knows.</summary>
    public bool IsSelective => _types is not null;

    public bool Knows(string type) => _types is null || _types.Types.Contains(type, StringComparer.Ordinal);

    /// <summary>Reads the data, and gives it to the function.</summary>
    /// <exception cref="UnusableDataException">The data cannot be used, and the function does not record that.</exception>
    public abstract Task InvokeAsync(IServiceProvider services, CloudEvent cloudEvent, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken);

    /// <summary>For a type that implements <see cref="ICloudEventFunction"/> or <see cref="ICloudEventFunction{TData}"/>; null for others.</summary>
    public static EventInvoker? For(Type function)
    {
        if (typeof(ICloudEventFunction).IsAssignableFrom(function))
        {
            return new Untyped(function);
        }

        var contract = function.GetInterfaces().FirstOrDefault(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ICloudEventFunction<>));
        return contract is null
            ? null
            : (EventInvoker)Activator.CreateInstance(typeof(Typed<>).MakeGenericType(contract.GetGenericArguments()), function)!;
    }

    private protected object Create(IServiceProvider services) => services.GetRequiredService(Function);

    private sealed class Untyped(Type function) : EventInvoker(function)
    {
        public override Task InvokeAsync(
            IServiceProvider services, CloudEvent cloudEvent, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
        {
            cloudEvent.Data = EventData.Read(cloudEvent, payload);
            return ((ICloudEventFunction)Create(services)).HandleAsync(cloudEvent, cancellationToken);
        }
    }

    private sealed class Typed<TData>(Type function) : EventInvoker(function)
        where TData : class, IMessage, new()
    {
        public override Task InvokeAsync(
            IServiceProvider services, CloudEvent cloudEvent, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
        {
            TData data;
            try
            {
                data = EventData.Read<TData>(cloudEvent, payload);
            }
            catch (UnusableDataException exception) when (typeof(IUnusableDataHandler).IsAssignableFrom(Function))
            {
                return ((IUnusableDataHandler)Create(services)).HandleUnusableAsync(cloudEvent, payload, exception.Message, cancellationToken);
            }

            cloudEvent.Data = data;
            return ((ICloudEventFunction<TData>)Create(services)).HandleAsync(cloudEvent, data, cancellationToken);
        }
    }
}
