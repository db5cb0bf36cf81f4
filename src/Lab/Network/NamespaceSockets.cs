using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MediaSecurityLite.Lab.Network;

/// <summary>
/// Opens sockets inside a network namespace. A socket belongs for life to the namespace of the thread that made it, so a
/// short-lived thread of its own enters the namespace; no thread of the pool ever does.
/// </summary>
internal static partial class NamespaceSockets
{
    private const int CloneNewNet = 0x40000000;

    public static async Task<Socket> ListenAsync(string name, IPEndPoint endPoint)
    {
        var socket = await OpenAsync(name, endPoint.AddressFamily);
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            socket.Bind(endPoint);
            socket.Listen(16);
            return socket;
        }
        catch (SocketException failure)
        {
            socket.Dispose();
            throw new LabException($"cannot listen on {endPoint} in {name}: {failure.Message}", failure);
        }
    }

    /// <summary>A TCP socket inside the namespace, for whatever it shall do.</summary>
    public static Task<Socket> OpenAsync(string name, AddressFamily family)
    {
        var opened = new TaskCompletionSource<Socket>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                Enter(name);
                opened.SetResult(new Socket(family, SocketType.Stream, ProtocolType.Tcp));
            }
            catch (Exception failure) when (failure is SocketException or IOException)
            {
                opened.SetException(new LabException($"cannot open a socket in {name}: {failure.Message}", failure));
            }
        });
        thread.Start();
        return opened.Task;
    }

    private static void Enter(string name)
    {
        using var handle = File.OpenHandle($"/run/netns/{name}");
        if (SetNamespace(handle, CloneNewNet) != 0)
        {
            throw new IOException($"setns: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static partial int SetNamespace(SafeFileHandle handle, int kind);
}
