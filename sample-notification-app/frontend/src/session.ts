import { get, HttpError, postForm } from './http';

export interface User {
  readonly name: string;
  readonly admin: boolean;
}

/** Who is logged in. Where nobody is any more, the page for logging in takes over, and this does not return. */
export async function loggedInUser(): Promise<User> {
  try {
    return await get<User>('api/user');
  } catch (error) {
    if (error instanceof HttpError && error.status === 401) {
      leave();
      return new Promise(() => undefined);
    }
    throw error;
  }
}

export async function logOut(): Promise<void> {
  await postForm('logout').catch(() => undefined);
  leave();
}

function leave(): void {
  window.location.assign(new URL('login.html', document.baseURI));
}
